"""The grammar: tokens to expression, one method for each level of binding."""

from __future__ import annotations

from dataclasses import replace

from engine.calculus.applications import Applications, product_of
from engine.calculus.expression import (
    Constant,
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Quotient,
    Span,
    Sum,
    Variable,
)
from engine.calculus.tokens import Note, Token
from engine.errors import ParseError

_SINGLE = ("number", "variable", "constant")
_BEGINNINGS = (*_SINGLE, "function", "fraction", "ratio")

#: Letters that usually name a function, where a bracket follows.
_NAMES_OF_FUNCTIONS = frozenset("fghFGHΓ")


class Grammar(Applications):
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
                factors = [Quotient(product_of(factors, start), divisor, span=span)]
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
                return product_of(factors, start)

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
        if self.here.kind in _BEGINNINGS:
            return True
        return self.is_sign("(") or (self.is_sign("|") and not self.bars[-1])

    def _factor(self) -> Expression:
        """A primary with its exponent."""
        start = self.here.start
        base = self._primary()
        if not self.is_sign("^"):
            return base
        self.take()
        raised = self.here.start
        written = self.tokens[self.at - 1].end > self.tokens[self.at - 1].start
        exponent = self._exponent()
        if written:
            self._offer_exponent(base, exponent, raised)
        return Power(base, exponent, span=self.span(start))

    def _offer_exponent(self, base: Expression, exponent: Expression, start: int) -> None:
        """``e^2x`` is e² times x, and ``x^1/2`` half of x; offer ``e^(2x)`` and ``x^(1/2)``."""
        number = exponent.operand if isinstance(exponent, Negative) else exponent
        if not isinstance(number, Number) or self.here.start != self.tokens[self.at - 1].end:
            return
        if self.here.kind == "variable" and isinstance(base, Constant):
            self.offer(start, self.here.end)
        elif self.is_sign("/") and self.tokens[self.at + 1].kind == "number":
            divisor = float(self.tokens[self.at + 1].text)
            if divisor and number.value % divisor == 0:
                return  # x^2/2 is no root
            self.offer(start, self.tokens[self.at + 1].end)

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
        if token.kind == "ratio":
            self.take()
            span = Span(token.start, token.end)
            above, below = (Number(part, span=span) for part in token.text.split("/"))
            return Quotient(above, below, span=span)
        if token.kind == "fraction":
            self.take()
            numerator, denominator = self._group(), self._group()
            return Quotient(numerator, denominator, span=self.span(token.start))
        if self.is_sign("("):
            return self._bracket()
        if self.is_sign("|"):
            return self._bars_around()
        raise self.unexpected()

    def _group(self) -> Expression:
        """Read what LaTeX takes for one part: braces, or a single sign."""
        return self._primary() if self.here.kind in _SINGLE else self._bracket()

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
