"""A spreadsheet opens our files as what they are."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.csv_rows import csv_file, safe_cell


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n@A1", "  =1"])
def test_no_text_is_counted_with(cell):
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(("cell", "written"), [(-3, "-3"), (2.5, "2.5"), (None, ""), ("Kapas", "Kapas")])
def test_numbers_and_words_stay_what_they_are(cell, written):
    assert safe_cell(cell) == written


@given(st.text(max_size=12))
def test_no_cell_ever_begins_a_formula(text):
    assert not safe_cell(text).lstrip().startswith(("=", "+", "-", "@"))


def test_commas_quotes_and_line_ends_stay_inside_their_cell():
    row = ['Dinas "A", B', "baris\nkedua"]
    assert read(csv_file(["satu", "dua"], [row])) == [["satu", "dua"], row]
