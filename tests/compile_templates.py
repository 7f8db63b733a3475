"""``python -m tests.compile_templates``: every template can be read by Django, and every template that one names is there."""

import sys

import django
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import Node
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode

from tests.source import ROOT, templates


def named_by(template) -> list[str]:
    """The templates that it extends or includes by a fixed name."""
    nodes: list[Node] = template.template.nodelist.get_nodes_by_type(Node)
    names = [node.parent_name.var if isinstance(node, ExtendsNode) else node.template.var for node in nodes if isinstance(node, ExtendsNode | IncludeNode)]
    return [name for name in names if isinstance(name, str)]


def main() -> int:
    django.setup()
    wrong = []
    for place in templates():
        try:
            for name in named_by(get_template(str(place.relative_to(ROOT / "templates")))):
                get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist) as error:
            wrong.append(f"{place.relative_to(ROOT)}: {type(error).__name__}: {error}")
    sys.stderr.write("\n".join(wrong))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
