using BetterConnections.Inventory.Devices;
using FsCheck;
using FsCheck.Fluent;

namespace BetterConnections.Inventory.Tests.Devices;

public class BarcodeTests
{
    [Theory]
    [InlineData("A12425GABC1234002", 'M')] // the example of GRid, the Global Release Identifier
    [InlineData("00000000D07A0090", 'Q')]  // the example of ISAN, ISO 15706
    [InlineData("0000000189470000", '8')]
    [InlineData("000000018947000000000000", 'D')]
    public void The_check_character_is_that_of_published_examples(string text, char check) =>
        Assert.Equal(check, Iso7064.Mod37_36(text));

    [Fact]
    public void A_sign_outside_the_alphabet_has_no_check_character() =>
        Assert.Throws<ArgumentException>(() => Iso7064.Mod37_36("BC-1"));

    [Fact]
    public void A_number_is_written_with_six_digits_and_grows_beyond_them()
    {
        Assert.StartsWith("BC-000123-", Barcode.Of(123, "BC").ToString());
        Assert.StartsWith("BC-1000000-", Barcode.Of(1_000_000, "BC").ToString());
        Assert.StartsWith("KE-000123-", Barcode.Of(123, "KE").ToString());
    }

    [Fact]
    public void A_number_below_one_and_a_prefix_that_is_not_letters_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Barcode.Of(0, "BC"));
        Assert.Throws<ArgumentException>(() => Barcode.Of(1, "B1"));
        Assert.Throws<ArgumentException>(() => Barcode.Of(1, "bc"));
        Assert.Throws<ArgumentException>(() => Barcode.Of(1, ""));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("  {0}\r")]
    [InlineData("{0}\r\n")]
    [InlineData("https://bc.example.qa/d/{0}")]
    [InlineData("https://bc.example.qa/d/{0}/")]
    [InlineData("https://bc.example.qa/scan?code={0}")]
    public void A_scan_is_read_however_the_scanner_types_it(string typed)
    {
        var barcode = Barcode.Of(123, "BC");
        var code = barcode.ToString();
        foreach (var written in new[] { code, code.ToLowerInvariant(), code.Replace("-", "") })
        {
            Assert.True(Barcode.TryParse(string.Format(typed, written), "BC", out var read, out var error));
            Assert.Equal(barcode, read);
            Assert.Null(error);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5W0UQX2")]
    [InlineData("BC")]
    [InlineData("BC-12-3")]
    [InlineData("BC-00O123-C")]
    [InlineData("BC-000000-0")]
    [InlineData("XY-000123-C")]
    [InlineData("BC-0000123-C")]
    [InlineData("BC-99999999999999999999-C")]
    [InlineData("BC-٠٠٠١٢٣-C")]
    [InlineData("https://bc.example.qa/")]
    public void Something_else_is_not_a_barcode(string? scanned)
    {
        Assert.False(Barcode.TryParse(scanned, "BC", out _, out var error));
        Assert.Equal("not_a_barcode", error);
    }

    [Fact]
    public void A_wrong_check_character_is_told_apart_from_what_is_no_barcode()
    {
        var code = Barcode.Of(123, "BC").ToString();
        var wrong = code[..^1] + (code[^1] == 'A' ? 'B' : 'A');
        Assert.False(Barcode.TryParse(wrong, "BC", out _, out var error));
        Assert.Equal("check_character_wrong", error);
    }

    static readonly Arbitrary<long> Numbers = Gen.Choose(1, int.MaxValue).Select(n => (long)n)
        .Or(Gen.Choose(1, 999_999).Select(n => (long)n)).ToArbitrary();

    [Fact]
    public void What_is_printed_reads_back() => Prop.ForAll(Numbers, number =>
        Barcode.TryParse(Barcode.Of(number, "BC").ToString(), "BC", out var read, out _) && read.Number == number)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_single_wrong_character_is_refused() => Prop.ForAll(Numbers, number =>
    {
        var code = Barcode.Of(number, "BC").ToString().Replace("-", "");
        return Enumerable.Range(0, code.Length).All(at => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            .Where(sign => sign != code[at])
            .All(sign => !Barcode.TryParse(code[..at] + sign + code[(at + 1)..], "BC", out _, out _)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_transposition_is_refused_except_of_digits_one_apart() => Prop.ForAll(Numbers, number =>
    {
        var code = Barcode.Of(number, "BC").ToString().Replace("-", "");
        return Enumerable.Range(0, code.Length - 1)
            .Where(at => code[at] != code[at + 1] && Math.Abs(code[at] - code[at + 1]) != 1)
            .All(at => !Barcode.TryParse(Transposed(code, at), "BC", out _, out _));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_all_transpositions_in_the_first_200_000_numbers_fewer_than_one_in_a_hundred_passes()
    {
        int tried = 0, passed = 0;
        for (var number = 1; number <= 200_000; number++)
        {
            var code = Barcode.Of(number, "BC").ToString().Replace("-", "");
            for (var at = 0; at < code.Length - 1; at++)
            {
                if (code[at] == code[at + 1]) continue;
                tried++;
                if (Barcode.TryParse(Transposed(code, at), "BC", out _, out _)) passed++;
            }
        }
        Assert.InRange(passed, 1, tried / 100);
    }

    static string Transposed(string code, int at) => code[..at] + code[at + 1] + code[at] + code[(at + 2)..];
}
