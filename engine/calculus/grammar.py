"""The grammar: tokens to expression, one method for each level of binding."""

from __future__ import annotations

from dataclasses import replace

from engine.calculus.cursor import Cursor
from engine.calculus.expression import (
    RELATIONS,
    Cases,
    Constant,
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Span,
    Sum,
    Variable,
)
from engine.calculus.functions import INVERSES, TABLE
from engine.calculus.mistakes import empty_argument
from engine.calculus.tokens import Note, Token
from engine.errors import ParseError

#: Letters that usually name a function, where a bracket follows.
_NAMES_OF_FUNCTIONS = frozenset("fghFGHΓ")
_ROOTS = {"sqrt": 2, "cbrt": 3, "root4": 4}


class Grammar(Cursor):
    """A recursive descent over the tokens of a text."""

    def whole(self) -> Expression:
        """Read all tokens as one expression."""
        expression = self._sum()
        if self.here.kind != "end":
            raise self.unexpected()
        return expression

    def _sum(self) -> Expression:
        self.enter()
        start = self.here.start
        terms, signs = [self._term()], [1]
        while self.is_sign("+", "-"):
            signs.append(1 if self.take().text == "+" else -1)
            terms.append(self._term())
        self.depth -= 1
        if len(terms) == 1:
            return terms[0]
        return Sum(tuple(terms), tuple(signs), span=self.span(start))

    def _term(self) -> Expression:
        """A product, a quotient, or a minus in front of one."""
        start = self.here.start
        if self.is_sign("+", "-"):
            sign = self.take().text
            self.enter()
            operand = self._term()
            self.depth -= 1
            return Negative(operand, span=self.span(start)) if sign == "-" else operand
        factors = [self._factor()]
        while True:
            if self.is_sign("*"):
                self.take()
                factors.append(self._signed_factor())
            elif self.is_sign("/"):
                self.take()
                divisor_start = self.here.start
                divisor = self._signed_factor()
                span = self.span(start)
                self._offer_denominator(divisor_start)
                factors = [Quotient(_product(factors, start), divisor, span=span)]
            elif self._starts_factor():
                raised = self.tokens[self.at - 2].text == "^"
                if self.here.kind == self.tokens[self.at - 1].kind == "number" and not raised:
                    left, right = self.tokens[self.at - 1], self.here
                    raise ParseError(
                        "Two numbers stand side by side.",
                        start=left.start,
                        end=right.end,
                        hint="Write * between them, or join the digits.",
                        readings=tuple(
                            self.text[: left.end] + between + self.text[right.start :]
                            for between in ("*", "")
                        ),
                    )
                factors.append(self._factor())
            else:
                return _product(factors, start)

    def _signed_factor(self) -> Expression:
        if not self.is_sign("-"):
            return self._factor()
        start = self.take().start
        self.enter()
        operand = self._signed_factor()
        self.depth -= 1
        return Negative(operand, span=self.span(start))

    def _offer_denominator(self, start: int) -> None:
        """``1/2x`` is a half times x; offer ``1/(2x)``."""
        last, following = self.tokens[self.at - 1], self.here
        glued = following.start == last.end and following.kind in ("variable", "constant")
        if not glued or last.text == ")":
            return
        end, place = following.end, self.at + 1
        while self.tokens[place].kind in ("variable", "constant", "number") and (
            self.tokens[place].start == end
        ):
            end, place = self.tokens[place].end, place + 1
        self.offer(start, end)

    def _starts_factor(self) -> bool:
        if self.here.kind in ("number", "variable", "constant", "function", "fraction"):
            return True
        return self.is_sign("(") or (self.is_sign("|") and not self.bars[-1])

    def _factor(self) -> Expression:
        """A primary with its exponent."""
        start = self.here.start
        base = self._primary()
        if not self.is_sign("^"):
            return base
        self.take()
        exponent = self._exponent()
        if isinstance(exponent, Number) and self.here.start == self.tokens[self.at - 1].end:
            raised_start = self.tokens[self.at - 1].start
            written = self.tokens[self.at - 2].end > self.tokens[self.at - 2].start
            if self.here.kind == "variable" and isinstance(base, Constant) and written:
                self.offer(raised_start, self.here.end)
        return Power(base, exponent, span=self.span(start))

    def _exponent(self) -> Expression:
        start = self.here.start
        self.enter()
        if self.is_sign("-", "+"):
            sign = self.take().text
            inner = self._exponent()
            result = Negative(inner, span=self.span(start)) if sign == "-" else inner
        else:
            result = self._primary()
            if self.is_sign("^"):
                self.take()
                result = Power(result, self._exponent(), span=self.span(start))
        self.depth -= 1
        return result

    def _primary(self) -> Expression:
        token = self.here
        if token.kind == "number":
            self.take()
            return Number(token.text, span=Span(token.start, token.end))
        if token.kind == "variable":
            self.take()
            if token.text in _NAMES_OF_FUNCTIONS and self.is_sign("("):
                note = f"{token.text} is read as a factor, not as a function."
                self.scanner.notes.append(Note(note, token.start, token.end))
            return Variable(token.text, span=Span(token.start, token.end))
        if token.kind == "constant":
            self.take()
            return Constant(token.text, span=Span(token.start, token.end))
        if token.kind == "function":
            return self._function()
        if token.kind == "fraction":
            self.take()
            numerator, denominator = self._bracket(), self._bracket()
            return Quotient(numerator, denominator, span=self.span(token.start))
        if self.is_sign("("):
            return self._bracket()
        if self.is_sign("|"):
            return self._bars_around()
        raise self.unexpected()

    def _bracket(self) -> Expression:
        opening = self.here
        if not self.is_sign("("):
            raise self.unexpected()
        self.take()
        if self.is_sign(")"):
            raise ParseError(
                "There is nothing between the brackets.",
                start=opening.start,
                end=self.here.end,
                hint="Put an expression there.",
            )
        self.opened.append(opening)
        self.bars.append(0)
        inner = self._sum()
        self._close(opening)
        return replace(inner, span=self.span(opening.start))

    def _close(self, opening: Token) -> None:
        if not self.is_sign(")"):
            raise self.unexpected()
        self.take()
        self.opened.pop()
        self.bars.pop()

    def _bars_around(self) -> Expression:
        opening = self.take()
        self.opened.append(opening)
        self.bars.append(1)
        inner = self._sum()
        if not self.is_sign("|"):
            raise self.unexpected()
        self.take()
        self.opened.pop()
        self.bars.pop()
        return Function("abs", (inner,), span=self.span(opening.start))

    def _function(self) -> Expression:
        token = self.take()
        if token.text == "cases":
            return self._cases(token)
        if token.text == "sigmoid" and self.typed(token) == "σ":
            self.offer(token.end, token.end, before="·", after="")
        power = self._function_power(token)
        name = token.text
        if isinstance(power, Negative) and power.operand == Number("1") and name in INVERSES:
            name = INVERSES[name]
            note = f"{token.text}^-1 is read as the inverse function, {name}."
            self.scanner.notes.append(Note(note, token.start, self.tokens[self.at - 1].end))
            power = None
        arguments = self._arguments(token)
        result = self._apply(token, name, arguments)
        return result if power is None else Power(result, power, span=self.span(token.start))

    def _cases(self, token: Token) -> Expression:
        """``cases(−x, x < 0, x)``: value, condition, value, condition, …, the value else."""
        opening = self.here
        if not self.is_sign("("):
            raise empty_argument("cases", token.start, token.end, incomplete=False)
        self.take()
        self.opened.append(opening)
        self.bars.append(0)
        values, left, relations, right = [self._sum()], [], [], []
        while self.is_sign(","):
            self.take()
            part = self._sum()
            if not self.is_sign(*RELATIONS):
                values.append(part)
                break
            left.append(part)
            relations.append(self.take().text)
            right.append(self._sum())
            if self.is_sign(","):
                self.take()
                values.append(self._sum())
        self._close(opening)
        if not relations or len(values) - len(relations) not in (0, 1):
            raise ParseError(
                "Pieces are written as value, condition, value, condition.",
                start=token.start,
                end=self.tokens[self.at - 1].end,
                hint="Write cases(-x, x < 0, x).",
            )
        return Cases(
            tuple(values), tuple(left), tuple(relations), tuple(right), span=self.span(token.start)
        )

    def _function_power(self, token: Token) -> Expression | None:
        if not self.is_sign("^") or token.text in _ROOTS:
            return None
        self.take()
        if self.is_sign("("):
            return self._bracket()
        start = self.here.start
        negative = self.is_sign("-")
        if negative:
            self.take()
        if self.here.kind not in ("number", "variable"):
            raise self.unexpected()
        exponent = self._primary()
        return Negative(exponent, span=self.span(start)) if negative else exponent

    def _arguments(self, token: Token) -> tuple[Expression, ...]:
        if self.is_sign("("):
            return self._bracketed(token)
        if self.here.kind == "end" or self.is_sign(")", ",", "=", "+", "*", "/", "^"):
            raise empty_argument(
                self.typed(token), token.start, token.end, incomplete=self.here.kind == "end"
            )
        return (self._bare(token),)

    def _bracketed(self, token: Token) -> tuple[Expression, ...]:
        opening = self.take()
        if self.is_sign(")"):
            raise empty_argument(self.typed(token), token.start, self.here.end, incomplete=False)
        self.opened.append(opening)
        self.bars.append(0)
        arguments = [self._sum()]
        while self.is_sign(","):
            self.take()
            arguments.append(self._sum())
        self._close(opening)
        return tuple(arguments)

    def _bare(self, token: Token) -> Expression:
        """The argument of a function without brackets: ``sin 2x``, ``ln sin x``, ``cos −x``."""
        start = self.here.start
        if self.is_sign("-"):
            self.take()
            self.enter()
            operand = self._bare(token)
            self.depth -= 1
            return Negative(operand, span=self.span(start))
        self.enter()
        factors = [self._factor()]
        only_letters = self.tokens[self.at - 1].text not in (")", "|")
        while (
            only_letters
            and self.here.kind in ("number", "variable", "constant")
            and not isinstance(factors[-1], Function | Root)
        ):
            if self.here.kind == self.tokens[self.at - 1].kind == "number":
                break
            factors.append(self._factor())
        self.depth -= 1
        argument = _product(factors, start)
        if token.text in _ROOTS and len(factors) > 1 and isinstance(factors[0], Number):
            first = factors[0].span
            assert first
            self.offer(first.start, first.end)
        elif self.is_sign("/") and token.text not in _ROOTS:
            divisor = self.tokens[self.at + 1]
            if divisor.kind in ("number", "variable"):
                self.offer(start, divisor.end)
        return argument

    def _apply(self, token: Token, name: str, arguments: tuple[Expression, ...]) -> Expression:
        span = self.span(token.start)
        if name in _ROOTS and len(arguments) == 1:
            return Root(arguments[0], _ROOTS[name], span=span)
        base: Expression | None = None
        if name == "log" and token.base:
            digits = token.base[0].isdigit()
            base = Number(token.base) if digits else Variable(token.base)
            base = Constant("e") if token.base == "e" else base
        elif name == "log" and len(arguments) == 2:
            base, arguments = arguments[-1], arguments[:1]
        if base is not None:
            if isinstance(base, Number) and base.value in (0, 1):
                raise ParseError(
                    f"A logarithm to the base {base.text} does not exist.",
                    start=token.start,
                    end=token.end,
                    hint="The base is a positive number other than 1.",
                )
            name, arguments = "logb", (base, *arguments)
        wanted = TABLE[name].arguments if name in TABLE else 1
        if len(arguments) != wanted and not (wanted == 0 and len(arguments) >= 2):
            count = {0: "two or more arguments", 1: "one argument", 2: "one argument"}[wanted]
            raise ParseError(
                f"{self.typed(token)} takes {count}.",
                start=span.start,
                end=span.end,
                hint="Separate arguments by a comma." if wanted == 0 else "Take the others out.",
            )
        return Function(name, arguments, span=span)


def _product(factors: list[Expression], start: int) -> Expression:
    if len(factors) == 1:
        return factors[0]
    last = factors[-1].span
    return Product(tuple(factors), span=Span(start, last.end if last else start))
