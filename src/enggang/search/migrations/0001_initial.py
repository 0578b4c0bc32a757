# The full-text index is made here by hand: keep the two on_vendor steps when this file is written anew.

import django.db.models.deletion
from django.db import migrations, models

from enggang.core.db import on_vendor

DOCUMENT = """
ALTER TABLE search_searchentry ADD COLUMN document tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title_key), 'A') || setweight(to_tsvector('indonesian', title_key), 'B')
    || setweight(to_tsvector('simple', text_key), 'C') || setweight(to_tsvector('indonesian', text_key), 'D')
) STORED
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='search_entry', serialize=False, to='core.subject')),
                ('kind', models.CharField(db_index=True, max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField(blank=True)),
                ('organisation_code', models.CharField(blank=True, max_length=16)),
                ('organisation_path', models.CharField(db_index=True, max_length=200)),
                ('audience', models.PositiveSmallIntegerField(choices=[(0, 'Staff of the organisation and above it'), (1, 'Whoever is signed in'), (2, 'Everyone')], default=0)),
                ('title_key', models.CharField(max_length=400)),
                ('text_key', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Words',
            fields=[
                ('entry', models.OneToOneField(db_column='rowid', on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='words', serialize=False, to='search.searchentry')),
                ('title', models.TextField()),
                ('words', models.TextField()),
            ],
            options={
                'db_table': 'search_fts',
                'managed': False,
            },
        ),
        on_vendor(
            'postgresql',
            [DOCUMENT, 'CREATE INDEX search_document ON search_searchentry USING gin (document)'],
            'ALTER TABLE search_searchentry DROP COLUMN document',
        ),
        on_vendor(
            'sqlite',
            "CREATE VIRTUAL TABLE search_fts USING fts5(title, words, prefix='2 3', tokenize='unicode61')",
            'DROP TABLE search_fts',
        ),
    ]
