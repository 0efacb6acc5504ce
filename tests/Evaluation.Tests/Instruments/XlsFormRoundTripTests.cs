using System.Text.Json;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Instruments.XlsForms;
using FsCheck;
using FsCheck.Fluent;

namespace BetterConnections.Evaluation.Tests.Instruments;

public class XlsFormRoundTripTests
{
    [Fact]
    public void Whatever_form_is_exported_and_imported_again_is_the_same_to_the_byte() =>
        Prop.ForAll(RandomForms.Sound, form =>
        {
            Assert.Empty(Linter.Check(form));
            Assert.Equal(XForm.Render(form, "1"), XForm.Render(ThereAndBack(form), "1"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void The_shipped_instruments_keep_everything_codes_topics_and_indicators_included()
    {
        foreach (var form in ShippedInstrumentTests.Shipped)
        {
            var back = ThereAndBack(form);
            Assert.Equal(XForm.Render(form, "1"), XForm.Render(back, "1"));
            Assert.Equal(JsonSerializer.Serialize(form), JsonSerializer.Serialize(back));
        }
    }

    private static InstrumentDefinition ThereAndBack(InstrumentDefinition form)
    {
        var (back, errors, _) = XlsFormImport.Read(XlsFormWorkbook.Read(new MemoryStream(XlsFormExport.Write(form, "2026112201"))), null, null);
        Assert.Empty(errors);
        return back!;
    }
}
