using BetterConnections.Evaluation.Instruments;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Instruments;

public class FirstStartTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    [Fact]
    public async Task Replicas_that_start_together_on_an_empty_database_publish_the_seven_once()
    {
        await evaluation.InDbAsync(db => db.Instruments.ExecuteDeleteAsync());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ShippedInstruments.ImportAsync(evaluation.Services)));

        Assert.Equal((7, 7), await evaluation.InDbAsync(async db => (await db.Instruments.CountAsync(), await db.InstrumentVersions.CountAsync(v => v.State == InstrumentState.Published))));
    }
}
