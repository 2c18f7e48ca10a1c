using CsCheck;

namespace Rescue.Sessions.Normalization;

public sealed class NormalFormTests
{
    [Theory]
    [InlineData("victim@b.example", "VICTIM@b\u200B.example")]
    [InlineData("victim@b.example", "victim@b\u00AD.example")]
    [InlineData("victim@b.example", "victim@b。example")]
    [InlineData("victim@b.example", "victim@ｂ.example")]
    [InlineData("victim@b.example", "\"victim\"@b.example")]
    [InlineData("victim@b.example", "\"\\v\\ictim\"@B.EXAMPLE")]
    [InlineData("victim@b.example", " victim@b.example\u00A0")]
    [InlineData("victim@b.example", "\u2060victim@b.example")]
    [InlineData("x@bücher.example", "x@xn--bcher-kva.example")]
    [InlineData("x@bücher.example", "x@BU\u0308CHER.example")]
    [InlineData("jörg@b.example", "jo\u0308rg@b.example")]
    [InlineData("José", "Jose\u0301")]
    [InlineData("Ana Weber", " ANA\u00A0 weber ")]
    [InlineData("Ana", "A\u200Bna\uFEFF")]
    [InlineData("각", "\u1100\u1161\u11A8")]
    public void ForCustomer_TwoSpellings_HaveOneForm(string one, string other) =>
        NormalForm.ForCustomer(one).Should().Be(NormalForm.ForCustomer(other));

    [Theory]
    [InlineData("a@straße.example", "a@strasse.example")]
    [InlineData("a.b@example.com", "ab@example.com")]
    [InlineData("Ana", "Aña")]
    [InlineData("\"a b\"@example.com", "ab@example.com")]
    public void ForCustomer_TwoCustomers_HaveTwo(string one, string other) =>
        NormalForm.ForCustomer(one).Should().NotBe(NormalForm.ForCustomer(other));

    [Fact]
    public void ForCustomer_Anything_IsShortAndStable() => Gen.OneOf(Gen.String, Gen.String[Gen.Char["aÉ\u0301\u200B\u0345ß\uFFFE@.\"\\ \uD83D\uDE00"], 0, 400])
        .Sample(text =>
        {
            var form = NormalForm.ForCustomer(text);
            return form.Length <= NormalForm.MaxCustomerLength && form == NormalForm.ForCustomer(text) && (form.StartsWith('#') || form == NormalForm.ForCustomer(form));
        });

    [Theory]
    [InlineData("a\nb", "A B")]
    [InlineData("\u200B", "")]
    [InlineData("a\uFFFEb", "AB")]
    public void ForSearch_WhatCannotBeSeenOrWritten_IsEvenedOut(string text, string form) => NormalForm.ForSearch(text).Should().Be(form);

    [Fact]
    public void ForSearch_HalfASurrogatePair_IsAnotherCharacter() => NormalForm.ForSearch("a" + '\uD800').Should().Be("A\uFFFD");
}
