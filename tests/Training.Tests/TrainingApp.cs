using BetterConnections.Testing;
using BetterConnections.Training;
using BetterConnections.Training.Tests;

[assembly: AssemblyFixture(typeof(TrainingApp))]

namespace BetterConnections.Training.Tests;

/// <summary>The Training service that the suite shares.</summary>
public class TrainingApp() : ServiceUnderTest<Program, TrainingDb>("trainingdb")
{
    protected override IEnumerable<(string Name, string Value)> Settings => [("Programme:PublicUrl", "http://localhost")];
}

/// <summary>Of a programme that teaches in a language and about a topic of its own besides, and in Malayalam no more.</summary>
public sealed class OtherProgrammeTrainingApp : TrainingApp
{
    public static readonly string[] Languages = ["en", "ar", "fr"], Topics = ["computer-basics", "first-aid"];

    protected override IEnumerable<(string Name, string Value)> Settings =>
    [
        .. base.Settings, .. Languages.Select((language, i) => ($"Programme:Languages:{i}", language)), .. Topics.Select((topic, i) => ($"Programme:Topics:{i}", topic)),
    ];
}

/// <summary>One of its own, for a class that counts everything there is.</summary>
public sealed class FreshTrainingApp : TrainingApp;
