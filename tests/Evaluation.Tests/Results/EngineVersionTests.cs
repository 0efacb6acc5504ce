using System.Security.Cryptography;
using BetterConnections.Evaluation.Results.Engine;

namespace BetterConnections.Evaluation.Tests.Results;

/// <summary>What was published must come out the same for ever: hashes written down when the engine had that version.</summary>
public class EngineVersionTests
{
    [Theory]
    [InlineData(24, "0b9a68309d44780f6ed9feb49c7513b434d6e907154203a6b559c6e84d797a7b")]
    [InlineData(7, "544385205ec9a6935bbdd4044fe965ce3dd19fa6da7a9cabb85cb858a7401751")]
    public void Waves_frozen_in_an_earlier_format_give_the_bytes_that_they_gave_then(int facilities, string sha256)
    {
        var simulation = new Simulation(11, facilities, each: 14);
        Side Of(string instrument, double level) => simulation.Wave(instrument, level, better: 0.7) is var open && simulation.Wave(instrument, level - 0.1, waiting: true) is var waiting
            ? open with { Interviews = [.. open.Interviews.Select(i => i with { Probability = i.Number % 5 == 0 ? 0.1 : 0.2 }), .. waiting.Interviews] }
            : throw new InvalidOperationException();
        var (before, after) = (Of("I1", 0.5), Of("I3", 0.6));

        var results = ResultsEngine.Compute(Given.Analysis(before with { IsBaseline = true }, after) with { Format = 1 });

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData([.. results.SelectMany(ResultsEngine.Write)])));
        Assert.All(results, r => Assert.Equal("3", r.Engine));
    }
}
