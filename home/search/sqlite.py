"""Wagtail's search in the database, for the lists and choosers of /admin/.

On SQLite Wagtail weighs each match by searching once more through all of them: a word that stands in every unit's pages
took seconds. Few matches come the best first; many, among which nobody would find the best either, the newest first.
"""

from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.query import MatchAll

MOST_WEIGHED = 200


class FewAreWeighed:
    def search(self, config, start, stop, score_field=None):
        if self.order_by_relevance and score_field is None and not isinstance(self.query, MatchAll):
            self.order_by_relevance = False
            found = super().search(config, None, None)
            if found[: MOST_WEIGHED + 1].count() > MOST_WEIGHED:
                return found.order_by("-pk")[start:stop]
            self.order_by_relevance = True
        return super().search(config, start, stop, score_field)


class QueryCompiler(FewAreWeighed, SQLiteSearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(FewAreWeighed, SQLiteAutocompleteQueryCompiler):
    pass


class Backend(SQLiteSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
