"""The log: who did what when. It only ever grows."""
