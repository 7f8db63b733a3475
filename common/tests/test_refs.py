import pytest
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from common.refs import RefField, create_sequence


@pytest.fixture
def thing(db):
    with isolate_apps("common"):

        class Thing(models.Model):  # noqa: DJ008
            ref = RefField("ZZ")

            class Meta:
                app_label = "common"

        with connection.cursor() as cursor:
            cursor.execute(create_sequence("ZZ").sql)
            cursor.execute(create_sequence("ZZ").sql)  # may be run again
        with connection.schema_editor() as editor:
            editor.create_model(Thing)
        yield Thing


def test_the_database_gives_the_reference_in_the_statement_that_inserts(thing, django_assert_num_queries):
    with django_assert_num_queries(1):
        refs = [thing.objects.create().ref]
    with django_assert_num_queries(1):
        refs += [row.ref for row in thing.objects.bulk_create([thing(), thing()])]
    assert refs == ["ZZ-1", "ZZ-2", "ZZ-3"]


def test_a_reference_may_be_set_by_hand_and_stays_when_saved_again(thing):
    row = thing.objects.create(ref="ZZ-900")
    row.save()
    assert thing.objects.get().ref == "ZZ-900"


def test_a_migration_says_only_the_prefix():
    field = RefField("HV")
    assert field.deconstruct()[1:] == ("common.refs.RefField", ["HV"], {})
    assert MigrationWriter.serialize(field)[0] == "common.refs.RefField('HV')"
    assert field.clone().db_default == field.db_default


@pytest.mark.parametrize("prefix", ["hv", "", "H-V", "HV'; DROP", "É"])
def test_a_prefix_is_capital_letters(prefix):
    with pytest.raises(ValueError, match="capital letters"):
        RefField(prefix)
