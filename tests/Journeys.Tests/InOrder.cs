using BetterConnections.Journeys.Tests;
using BetterConnections.Journeys.Tests.Fuzzing;
using Xunit.Sdk;
using Xunit.v3;

// One system, and some tests count its whole stock or kill its parts.
[assembly: AssemblyFixture(typeof(WholeSystem))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer(typeof(InOrder))]

namespace BetterConnections.Journeys.Tests;

/// <summary>The demonstration is played on a new system, as <c>./bc up --demo</c> plays it; then the fuzzer, which may do what an office may and leaves facilities suspended or raised in line; the kills come last.</summary>
public sealed class InOrder : ITestCollectionOrderer
{
    public IReadOnlyCollection<TCollection> OrderTestCollections<TCollection>(IReadOnlyCollection<TCollection> collections)
        where TCollection : notnull, ITestCollection =>
        [.. collections.OrderBy(c => c.TestCollectionDisplayName switch
        {
            var name when name.Contains($".{nameof(DemoTests)}") => 0,
            var name when name.Contains(nameof(KillTests)) => 3,
            var name when name.Contains(nameof(FuzzTests)) => 2,
            _ => 1,
        })];
}
