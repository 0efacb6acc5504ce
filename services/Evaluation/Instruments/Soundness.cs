using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Instruments;

internal static class Soundness
{
    /// <summary>Refuses a definition that survey apps would stumble over, and says everything that is wrong with it.</summary>
    public static void RequireSound(this InstrumentDefinition definition, Standard? standard = null)
    {
        if (Linter.Check(definition, standard) is { Count: > 0 } problems)
            throw new RuleBroken("instrument_not_sound", $"{definition.Code} has {problems.Count} problems; they stand in 'problems'.").With("problems", problems);
    }
}
