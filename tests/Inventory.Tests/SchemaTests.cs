using BetterConnections.Testing;

namespace BetterConnections.Inventory.Tests;

public class SchemaTests
{
    [Fact]
    public Task The_migrations_build_what_the_model_says() => Schema.AssertMigrationsBuildAsync<InventoryDb>(options => new InventoryDb(options));
}
