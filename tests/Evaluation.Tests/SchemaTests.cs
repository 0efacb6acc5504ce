using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests;

public class SchemaTests
{
    [Fact]
    public Task The_migrations_build_what_the_model_says() => Schema.AssertMigrationsBuildAsync<EvaluationDb>(options => new EvaluationDb(options),
        "constraint ledger_entries entry_balances TRIGGER");
}
