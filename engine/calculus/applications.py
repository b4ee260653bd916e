"""Functions in a formula: their powers, their arguments with brackets and without."""

from __future__ import annotations

from abc import ABC, abstractmethod

from engine.calculus.cursor import Cursor
from engine.calculus.exact import rational
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
    Root,
    Span,
    Variable,
)
from engine.calculus.functions import INVERSES, TABLE
from engine.calculus.mistakes import empty_argument
from engine.calculus.tokens import Note, Token
from engine.errors import ParseError

_ROOTS = {"sqrt": 2, "cbrt": 3, **{f"root{index}": index for index in range(4, 100)}}


class Applications(Cursor, ABC):
    """Reads what begins with the name of a function."""

    @abstractmethod
    def _sum(self) -> Expression:
        """Read an expression."""

    @abstractmethod
    def _factor(self) -> Expression:
        """Read a primary with its exponent."""

    @abstractmethod
    def _primary(self) -> Expression:
        """Read the smallest piece that stands alone."""

    @abstractmethod
    def _bracket(self) -> Expression:
        """Read what stands between brackets."""

    @abstractmethod
    def _close(self, opening: Token) -> None:
        """Pass a closing bracket."""

    def _function(self) -> Expression:
        token = self.take()
        if token.text == "cases":
            return self._cases(token)
        if token.text == "sigmoid" and self.typed(token) == "σ":
            self.offer(token.end, token.end, before="·", after="")
        base = self._bracket() if token.base == "(" else None
        power = self._function_power(token)
        name = token.text
        if isinstance(power, Negative) and power.operand == Number("1") and name in INVERSES:
            name = INVERSES[name]
            note = f"{token.text}^-1 is read as the inverse function, {name}."
            self.scanner.notes.append(Note(note, token.start, self.tokens[self.at - 1].end))
            power = None
        arguments = self._arguments(token)
        result = self._apply(token, name, arguments, base)
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
            if self._begins_exponential() and any(factor.letters for factor in factors):
                break  # √x e^x and sin x e^x are products
            factors.append(self._factor())
        self.depth -= 1
        argument = product_of(factors, start)
        if token.text in _ROOTS and len(factors) > 1 and isinstance(factors[0], Number):
            first = factors[0].span
            assert first
            self.offer(first.start, first.end)
        elif self.is_sign("/") and token.text not in _ROOTS:
            self._offer_whole_quotient(start, factors)
        return argument

    def _begins_exponential(self) -> bool:
        following = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        is_e = self.here.kind == "constant" and self.here.text == "e"
        return is_e and following.kind == "sign" and following.text == "^"

    def _offer_whole_quotient(self, start: int, factors: list[Expression]) -> None:
        """``sin x/2`` is half the sine; offer ``sin(x/2)``, but not ``ln(x/x)``."""
        following = [*self.tokens[self.at + 1 :], self.tokens[-1], self.tokens[-1]]
        divisor, behind, exponent = following[:3]
        if divisor.kind not in ("number", "variable") or factors == [Variable(divisor.text)]:
            return
        raised = behind.kind == "sign" and behind.text == "^"
        if raised and exponent.kind not in ("number", "variable"):
            return
        self.offer(start, exponent.end if raised else divisor.end)

    def _apply(
        self,
        token: Token,
        name: str,
        arguments: tuple[Expression, ...],
        base: Expression | None = None,
    ) -> Expression:
        span = self.span(token.start)
        if name in _ROOTS and len(arguments) == 1:
            return Root(arguments[0], _ROOTS[name], span=span)
        if name == "log" and token.base and base is None:
            digits = token.base[0].isdigit()
            base = Number(token.base) if digits else Variable(token.base)
            base = Constant("e") if token.base == "e" else base
        elif name == "log" and len(arguments) == 2:
            base, arguments = arguments[-1], arguments[:1]
        if base is not None:
            size = rational(base)
            if size is not None and (size <= 0 or size == 1):
                written = base.span or Span(token.start, token.end)
                shown = self.text[written.start : written.end] if base.span else token.base
                raise ParseError(
                    f"A logarithm to the base {shown.strip('()')} does not exist.",
                    start=token.start,
                    end=max(token.end, written.end),
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


def product_of(factors: list[Expression], start: int) -> Expression:
    """Return factors as a product that begins at a place; one alone stays itself."""
    if len(factors) == 1:
        return factors[0]
    last = factors[-1].span
    return Product(tuple(factors), span=Span(start, last.end if last else start))
