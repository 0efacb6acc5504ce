using BetterConnections.Testing;

namespace BetterConnections.Identity.Tests;

public class SchemaTests
{
    [Fact]
    public Task The_migrations_build_what_the_model_says() => Schema.AssertMigrationsBuildAsync<IdentityDb>(options => new IdentityDb(options));
}
