# Every entry names its kind among its words, so that the index itself narrows by it.

from django.db import migrations

from enggang.core.db import on_vendor

WORD = "' zk' || replace(kind, '_', '')"


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_lighter_indexes'),
    ]

    operations = [
        migrations.RunSQL(f"UPDATE search_searchentry SET text_key = trim(text_key || {WORD})", migrations.RunSQL.noop),
        on_vendor(
            'sqlite',
            [
                'DELETE FROM search_fts',
                'INSERT INTO search_fts (rowid, title, words) SELECT subject_id, title_key, text_key FROM search_searchentry',
            ],
            '',
        ),
    ]
