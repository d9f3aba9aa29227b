def test_the_start_page_has_both_doors(nobody):
    page = nobody.get("/").content.decode()
    assert "Wir sind eine gemeinnützige Organisation" in page
    assert "Wir sind ein Betrieb" in page
