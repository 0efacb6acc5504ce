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

/// <summary>One of its own, for a class that counts everything there is.</summary>
public sealed class FreshTrainingApp : TrainingApp;
