using BetterConnections.Inventory.Donations;
using static BetterConnections.Inventory.Tests.Donations.ManifestFixture;
using static BetterConnections.Inventory.Tests.Donations.Workbooks;

namespace BetterConnections.Inventory.Tests.Donations;

public class ManifestWorkbookTests
{
    [Fact]
    public void A_workbook_with_Arabic_headings_dates_and_formulas_is_read()
    {
        using var content = Workbook(
            [(1, [Text("قائمة الأجهزة المتبرع بها")]), (3, [Text("ملاحظات"), Text("الرقم التسلسلي"), Text("تاريخ الشراء"), Text("القيمة"), Text("الطراز")]),
                (4, [Text("مكسور"), Text("abc1"), Date(new DateTime(2016, 3, 1)), Number(350.5), Formula("\"Think\"&\"Pad\"", "ThinkPad")]),
                (7, [Text("=1+1"), Number(123456789012), Number(2017), Text("٣٠٠"), Text("X")])]);
        var rows = Rows(content);
        Assert.Equal([4, 7], rows.Select(row => row.Number));
        Assert.Equal(new ManifestItem("ABC1", null, null, "ThinkPad", null, null, null, null, null, 2016, new DateOnly(2016, 3, 1), 350.5m, null, "مكسور"), rows[0].Item);
        Assert.Equal(new ManifestItem("123456789012", null, null, "X", null, null, null, null, null, 2017, null, 300, null, "=1+1"), rows[1].Item);
    }

    [Fact]
    public void The_old_XLS_format_is_read()
    {
        using var content = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", "manifest.xls")); // no package here writes XLS
        var item = Assert.Single(Rows(content)).Item!;
        Assert.Equal(("PF0ABC1", "ThinkPad T460", 350.5m), (item.Serial, item.Model, item.BookValue));
    }

    [Fact]
    public void The_sheet_with_the_serials_is_read_and_no_other()
    {
        using var content = Workbook(
            [(1, [Text("Dear programme, please find our list on the next sheet.")])],
            [(1, [Text("Serial")]), (2, [Text("S1")])],
            [(1, [Text("Serial")]), (2, [Text("S2")])]);
        Assert.Equal("S1", Assert.Single(Rows(content)).Item!.Serial);
    }

    [Fact]
    public void A_workbook_without_rows_is_refused() => Assert.Equal("file_empty", RefusalOf(Workbook([[]])));

    [Fact]
    public void A_workbook_without_a_column_for_the_serial_is_refused() =>
        Assert.Equal("column_missing", RefusalOf(Workbook([(1, [Text("Model")]), (2, [Text("T460")])])));

    [Fact]
    public void A_damaged_workbook_is_refused()
    {
        var whole = Workbook([(1, [Text("Serial")]), (2, [Text("S1")])]).ToArray();
        Assert.Equal("file_not_readable", RefusalOf(new MemoryStream(whole[..(whole.Length / 2)])));
    }
}
