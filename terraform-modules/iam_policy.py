"""IAM's decision, as far as the modules' policies need it: does a document allow an action on a resource?

Statements with Allow and Deny, Action and NotAction, Resource and NotResource, wildcards, and the conditions StringEquals,
StringLike, ArnLike, Bool and Null. An unknown operator is an error: it must not count as met.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import re

MANY_VALUES = ("ForAllValues:", "ForAnyValue:")


def as_list(value):
    return value if isinstance(value, list) else [value]


def pattern(text, flags=0):
    return re.compile("".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in text), flags | re.DOTALL)


def like(wanted, value, flags=0):
    return any(pattern(one, flags).fullmatch(value) for one in as_list(wanted))


def arn_like(wanted, value):
    """Part by part: a wildcard does not cross a colon of the first five parts."""
    return any(len(one.split(":", 5)) == len(value.split(":", 5))
               and all(like(w, v) for w, v in zip(one.split(":", 5), value.split(":", 5)))
               for one in as_list(wanted))


OPERATORS = {
    "StringEquals": lambda wanted, value: value in as_list(wanted),
    "StringLike": like,
    "ArnLike": arn_like,
    "ArnEquals": arn_like,
    "Bool": lambda wanted, value: str(value).lower() in [str(w).lower() for w in as_list(wanted)],
}


def holds(condition, context):
    """Whether every key of every operator is met; a key that the request does not have is not met, but for Null."""
    keys = {key.lower(): value for key, value in context.items()}
    for operator, wanted_by_key in (condition or {}).items():
        for key, wanted in wanted_by_key.items():
            value = keys.get(key.lower())
            if operator == "Null":
                if (value is None) != (str(as_list(wanted)[0]).lower() == "true"):
                    return False
            elif operator not in OPERATORS:
                raise AssertionError(f"the condition {operator} is not understood")
            elif value is None or not OPERATORS[operator](wanted, value):
                return False
    return True


def applies(statement, action, resource, context):
    acts = like(statement["Action"], action, re.IGNORECASE) if "Action" in statement \
        else not like(statement["NotAction"], action, re.IGNORECASE)
    if "Resource" in statement:
        on = like(statement["Resource"], resource)
    elif "NotResource" in statement:
        on = not like(statement["NotResource"], resource)
    else:
        on = True  # a trust policy is of its own role
    return acts and on and holds(statement.get("Condition"), context)


def allows(documents, action, resource="*", **context):
    """Whether the documents together allow it: an Allow, and no Deny. Colons in context keys are written as double underscores."""
    request = {key.replace("__", ":"): value for key, value in context.items()}
    effects = [s["Effect"] for d in as_list(documents) for s in as_list(d["Statement"]) if applies(s, action, resource, request)]
    return "Allow" in effects and "Deny" not in effects


def actions(document):
    """Every action that the document allows, as it is written."""
    return {a for s in as_list(document["Statement"]) if s["Effect"] == "Allow" for a in as_list(s["Action"])}
