using System.Text;
using static BetterConnections.Inventory.Tests.Donations.ManifestFixture;

namespace BetterConnections.Inventory.Tests.Donations;

public class ManifestEncodingTests
{
    const string Arabic = "الرقم التسلسلي;الطراز;ملاحظات\r\nS1;T460;مكسور\r\n";

    static ManifestEncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, bool> Encodings => new()
    {
        { "utf-8", true }, { "utf-8", false }, { "utf-16", true }, { "utf-16", false },
        { "utf-16BE", true }, { "utf-16BE", false }, { "windows-1256", false },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Arabic_is_read_in_every_encoding_a_donors_system_writes(string name, bool marked)
    {
        var encoding = Encoding.GetEncoding(name);
        using var content = new MemoryStream([.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes(Arabic)]);
        Assert.Equal("مكسور", Assert.Single(Rows(content)).Item!.Notes);
    }

    [Fact]
    public void Latin_text_of_Windows_1252_is_read_as_such()
    {
        using var content = Bytes("Serial;Location\nS1;Café Zürich\n", Encoding.GetEncoding(1252));
        Assert.Equal("Café Zürich", Assert.Single(Rows(content)).Item!.Location);
    }

    [Fact]
    public void Windows_1256_is_told_even_where_its_first_Arabic_letter_comes_late()
    {
        var csv = new StringBuilder("Serial;Notes\n");
        for (var i = 0; i < 5000; i++) csv.Append($"S{i};works as new\n");
        using var content = Bytes(csv + "S9999;مكسور\n", Encoding.GetEncoding(1256));
        Assert.Equal("مكسور", Rows(content)[^1].Item!.Notes);
    }

    [Fact]
    public void Bytes_of_no_known_encoding_are_refused()
    {
        using var unmarked = new MemoryStream([.. "Serial;Notes\nS1;a"u8, 0x81, .. "b"u8, 0x8D, .. "c\n"u8]);
        Assert.Equal("encoding_unknown", RefusalOf(unmarked));
        using var marked = new MemoryStream([0xEF, 0xBB, 0xBF, .. "Serial;Notes\nS1;a"u8, 0xFF, .. "\n"u8]);
        Assert.Equal("encoding_unknown", RefusalOf(marked));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n;;\n")]
    [InlineData("Serial;Notes\n\n")]
    public void A_file_without_rows_is_refused(string csv) => Assert.Equal("file_empty", RefusalOf(Bytes(csv, new UTF8Encoding(false))));

    [Fact]
    public void A_file_without_a_column_for_the_serial_is_refused() =>
        Assert.Equal("column_missing", RefusalOf(Bytes("Model;Notes\nT460;x\n", Encoding.UTF8)));

    [Fact]
    public void What_is_no_manifest_at_all_is_refused()
    {
        Assert.Equal("file_not_readable", RefusalOf(new MemoryStream([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 1, 2, 3, 0, 0])));
        Assert.Equal("file_not_readable", RefusalOf(new MemoryStream([.. "PK\x03\x04"u8, .. new byte[100]])));
        Assert.Equal("file_not_readable", RefusalOf(new MemoryStream([0xD0, 0xCF, 0x11, 0xE0, .. new byte[600]])));
        Assert.Equal("file_not_readable", RefusalOf(Bytes("Serial;Notes\nS1;\"never closed\nS2;x\n", Encoding.UTF8)));
    }
}
