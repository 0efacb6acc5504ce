using BetterConnections.Documents;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Labels;

namespace BetterConnections.Inventory.Tests.Labels;

public class LabelTests
{
    static List<Barcode> Barcodes(long first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Barcode.Of(first + i, "BC"))];

    static List<string> ScanLabel(byte[] pdf, LabelGrid grid, int at) => Scanner.Codes(pdf, 1 + at / grid.LabelsPerPage,
        grid.Left + at % grid.Columns * grid.LabelWidth, grid.Top + at % grid.LabelsPerPage / grid.Columns * grid.LabelHeight, grid.LabelWidth, grid.LabelHeight);

    [Theory]
    [InlineData(1, 26, "", 70, 37)]
    [InlineData(999_994, 12, "https://bc.example.qa/d/", 70, 37)]
    [InlineData(1, 4, "https://bc.example.qa/d/", 60, 30)]
    public void Every_label_of_a_sheet_reads_back_as_its_barcode(long first, int count, string qrPrefix, double width, double height)
    {
        var grid = new LabelGrid { LabelWidth = width, LabelHeight = height };
        var barcodes = Barcodes(first, count);
        var pdf = LabelSheet.Pdf(barcodes, grid, qrPrefix);
        for (var at = 0; at < count; at++)
            Assert.Equal([$"CODE-128:{barcodes[at]}", $"QR-Code:{qrPrefix}{barcodes[at]}"], ScanLabel(pdf, grid, at));
    }

    [Fact]
    public void Labels_already_used_stay_free_and_the_rest_goes_to_the_next_sheet()
    {
        var grid = new LabelGrid(PageWidth: 100, PageHeight: 90, Columns: 1, Rows: 2, LabelWidth: 90, LabelHeight: 40, Left: 5, Top: 5);
        var barcodes = Barcodes(1, 2);
        var pdf = LabelSheet.Pdf(barcodes, grid, "", used: 1);
        Assert.Contains($"CODE-128:{barcodes[0]}", ScanLabel(pdf, grid, 1));
        Assert.Contains($"CODE-128:{barcodes[1]}", ScanLabel(pdf, grid, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelSheet.Pdf(barcodes, grid, "", used: 2));
        Assert.Throws<ArgumentException>(() => LabelSheet.Pdf(barcodes, grid with { LabelHeight = 29 }, ""));
    }

    [Theory]
    [InlineData("BC-000123-C")]
    [InlineData("1234")]
    [InlineData("12345")]
    [InlineData("A1234567")]
    [InlineData("1234567A")]
    [InlineData("99999999-99999999")]
    [InlineData("a 9999999 b")]
    [InlineData(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")]
    public void Code_128_of_any_text_reads_back(string text)
    {
        var pdf = new DrawnPdf(210, 60);
        pdf.AddPage();
        var x = 10.0;
        var widths = Code128.Encode(text);
        for (var i = 0; i < widths.Count; x += widths[i++] * 0.254)
            if (i % 2 == 0) pdf.Fill(x, 10, widths[i] * 0.254, 30);
        Assert.Equal([$"CODE-128:{text}"], Scanner.Codes(pdf.ToArray(), 1, 0, 0, 210, 60));
    }

    [Fact]
    public void Code_128_packs_digits_in_pairs()
    {
        // Start, three, C, three pairs, B, two, check: eleven modules each, and thirteen of the stop.
        Assert.Equal(12 * 11 + 13, Code128.Encode("BC-000123-C").Sum());
        Assert.Equal(4 * 11 + 13, Code128.Encode("1234").Sum());
    }

    [Theory]
    [InlineData("")]
    [InlineData("قطر")]
    [InlineData("a\n")]
    public void Code_128_of_what_it_cannot_hold_is_refused(string text) => Assert.Throws<ArgumentException>(() => Code128.Encode(text));

    [Fact]
    public void A_ZPL_label_holds_the_barcode_and_the_QR_code()
    {
        var code = Barcode.Of(123, "BC").ToString();
        Assert.Equal(
            $"""
            ^XA^CI28^PW480^LL280
            ^FO20,20^BY2^BCN,80,Y,N,N^FH^FD{code}^FS
            ^FO20,150^BQN,2,3^FH^FDMA,https://bc.example.qa/d/{code}^FS
            ^XZ

            """, ZplLabels.Zpl([Barcode.Of(123, "BC")], "https://bc.example.qa/d/"));
    }

    [Fact]
    public void ZPL_has_one_label_for_each_barcode()
    {
        var labels = ZplLabels.Zpl(Barcodes(1, 3), "").Split("^XA", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, labels.Length);
        Assert.All(labels.Zip(Barcodes(1, 3)), pair =>
        {
            Assert.Contains($"^FD{pair.Second}^FS", pair.First);
            Assert.EndsWith("^XZ\n", pair.First);
        });
    }

    [Fact]
    public void A_command_in_the_data_of_a_ZPL_field_is_escaped() =>
        Assert.Equal("^FH^FDa_5Eb_7Ec_5Fd_3Ee_D9_82^FS", ZplLabels.Field("a^b~c_d>eق"));
}
