using BetterConnections.Evaluation;
using BetterConnections.Evaluation.Tests;
using BetterConnections.Testing;

[assembly: AssemblyFixture(typeof(EvaluationApp))]

namespace BetterConnections.Evaluation.Tests;

/// <summary>The Evaluation service that the suite shares.</summary>
public class EvaluationApp() : ServiceUnderTest<Program, EvaluationDb>("evaluationdb");

/// <summary>One of its own, for a class that counts everything there is.</summary>
public sealed class FreshEvaluationApp : EvaluationApp;
