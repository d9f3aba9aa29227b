"""Walls of the house that no linter checks: who writes tables, sizes, nothing from other hosts, unchanged copies."""

import ast
import hashlib
import re
from pathlib import Path

import pytest

import brueckenschlag

SRC = Path(brueckenschlag.__file__).parent
STATIC = SRC / "web" / "static"
TEMPLATES = sorted(SRC.glob("*/templates/**/*.*"))
CODE = sorted(file for file in SRC.rglob("*.py") if file.parent.name != "migrations")

# Only a room's operations.py writes tables, or the modules of its folder operations. A call counts as writing when
# - its method is one of these, on whatever it is called: nothing else in the house has methods of these names;
WRITES = {"save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES |= {f"a{name}" for name in WRITES}
# - or it is `update` with names only, the one form that a table knows; a dict is updated with a dict or by `|=`.
UPDATES = {"update", "aupdate"}


def writing_lines(code: str) -> list[int]:
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    return sorted(
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and (call.func.attr in WRITES or (call.func.attr in UPDATES and not call.args))
    )


def may_write(file: Path) -> bool:
    return file.name == "operations.py" or (file.parent.name == "operations" and file.name != "__init__.py")


OPERATIONS = [file for file in CODE if may_write(file)]


@pytest.mark.parametrize("file", CODE, ids=lambda file: file.relative_to(SRC).as_posix())
def test_only_operations_write_tables(file):
    if file not in OPERATIONS:
        assert writing_lines(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("file", "may"),
    [
        ("plans/operations.py", True),
        ("accounts/operations/members.py", True),
        ("accounts/operations/__init__.py", False),
        ("accounts/operations/words/members.py", False),
        ("accounts/members.py", False),
        ("web/views/members.py", False),
    ],
)
def test_the_rule_above_knows_the_modules_of_operations(file, may):
    assert may_write(SRC / file) is may


@pytest.mark.parametrize(
    ("line", "writes"),
    [
        ("Measure.objects.filter(pk=1).update(text='')", True),
        ("rows.update(**changes)", True),
        ("assessment.marks.create(suggestion='')", True),
        ("measure.save(update_fields=['text'])", True),
        ("expired.delete()", True),
        ("Mark.objects.bulk_create(marks)", True),
        ("await Mark.objects.abulk_create(marks)", True),
        ("form.cleaned_data.update({'level': ''})", False),
        ("keys.pop(id, None)", False),
        ("text = rows.first().text", False),
        ("self.stdout.write(words)", False),
    ],
)
def test_the_rule_above_knows_writing_from_other_calls(line, writes):
    assert bool(writing_lines(f"async def f():\n    {line}")) is writes


def test_the_operations_do_write():
    assert OPERATIONS
    assert [file for file in OPERATIONS if not writing_lines(file.read_text(encoding="utf-8"))] == []


def test_no_module_of_operations_is_too_long_to_find_anything():
    assert {file: lines for file in OPERATIONS if (lines := lines_of([file])) > 300} == {}


def left_out_actors(code: str) -> list[str]:
    """Names of the functions that could be called without saying by whom."""
    functions = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)]
    return [
        one.name
        for one in functions
        if any(
            arg.arg == "by" and default is not None
            for arg, default in zip(one.args.kwonlyargs, one.args.kw_defaults, strict=True)
        )
        or any(arg.arg == "by" for arg in one.args.args[len(one.args.args) - len(one.args.defaults) :])
    ]


def test_who_acts_is_always_said_and_never_a_guest_by_default():
    assert {file: names for file in CODE if (names := left_out_actors(file.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    ("parameters", "may"),
    [
        ("row, *, by=GUEST", True),
        ("row, by=GUEST", True),
        ("row, name='', by=None", True),
        ("row, *, by", False),
        ("row, *, was=None, by", False),
        ("row, by, name=''", False),
        ("row", False),
    ],
)
def test_the_rule_above_knows_a_default_from_none(parameters, may):
    assert bool(left_out_actors(f"def f({parameters}): pass")) is may


def own(ending: str) -> list[Path]:
    return sorted(STATIC.glob(f"*.{ending}"))


def lines_of(files: list[Path]) -> int:
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


def test_our_own_css_stays_small():
    assert own("css")
    assert sum(file.stat().st_size for file in own("css")) <= 25_600
    assert lines_of(own("css")) <= 700


def test_our_own_javascript_stays_small():
    assert own("js")
    assert lines_of(own("js")) <= 150


def test_what_we_carry_from_others_is_listed_and_unchanged():
    readme = (STATIC / "vendor" / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `?([^`|]+?)`? \| [^|]+ \| `?([0-9a-f]{64})`? \| [^|]+ \|$", readme, re.MULTILINE))
    carried = [file for folder in ("vendor", "fonts") for file in (STATIC / folder).rglob("*") if file.is_file()]
    assert listed == {
        file.relative_to(STATIC).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in carried
        if file.name != "README.md"
    }


def test_nothing_from_others_lies_outside_its_folders():
    ours = {"brueckenschlag.css", "brueckenschlag.js", "draft.js", "passkey.js", "favicon.svg"}
    assert {file.name for file in STATIC.iterdir()} == ours | {"vendor", "fonts"}


# What the Content-Security-Policy forbids would silently not work in the browser.
FORBIDDEN = {
    "style attribute": r"\sstyle\s*=",
    "style element": r"<style\b",
    "inline script": r"<script(?![^>]*\ssrc=)",
    "script in an attribute": r"\s(on[a-z]+|hx-on[a-z:-]*)\s*=",
    "script in a link": r"javascript:",
    # A link to another host is fine, loading from it is not.
    "other host": r"<(?!a\s)[a-z]+\s[^>]*\b(src|href|srcset|action|data|poster|hx-[a-z]+)\s*=\s*[\"']?(https?:)?//",
}


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(SRC).as_posix())
def test_templates_are_short_and_hold_nothing_that_the_browser_would_refuse(file):
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    assert [name for name, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)] == []


def test_the_rules_for_templates_find_what_they_look_for():
    found = {
        "style attribute": '<p style="color: red">',
        "style element": "<style>p {}</style>",
        "inline script": "<script defer>go()</script>",
        "script in an attribute": '<p onclick="go()">',
        "script in a link": '<a href="javascript:go()">',
        "other host": '<img alt="" src="//example.org/x.png">',
    }
    assert found.keys() == FORBIDDEN.keys()
    assert all(re.search(FORBIDDEN[name], text) for name, text in found.items())
    assert not re.search(FORBIDDEN["other host"], '<a href="https://example.org">')
    assert not re.search(FORBIDDEN["inline script"], '<script defer src="x.js"></script>')


@pytest.mark.parametrize("file", own("css"), ids=lambda file: file.name)
def test_css_loads_from_our_own_host_only(file):
    text = file.read_text(encoding="utf-8")
    assert "@import" not in text
    assert [url for url in re.findall(r"url\(\s*[\"']?([^\"')]*)", text) if "//" in url] == []


@pytest.mark.parametrize("file", own("js"), ids=lambda file: file.name)
def test_javascript_names_no_other_host_and_runs_no_text(file):
    text = re.sub(r"//[^\n]*", "", file.read_text(encoding="utf-8"))
    assert re.findall(r"https?:|\beval\(|new Function|innerHTML", text) == []
