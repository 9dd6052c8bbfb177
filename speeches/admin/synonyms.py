"""Synonyms in the admin: what readers say in two ways, found by either."""

from django.contrib import admin

from speeches.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    list_display = ["expression", "meaning", "language"]
    list_filter = ["language"]
    search_fields = ["expression", "meaning"]
    list_per_page = 100
