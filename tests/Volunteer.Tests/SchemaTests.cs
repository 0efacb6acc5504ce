using BetterConnections.Testing;

namespace BetterConnections.Volunteers.Tests;

public class SchemaTests
{
    [Fact]
    public Task The_migrations_build_what_the_model_says() => Schema.AssertMigrationsBuildAsync<VolunteerDb>(options => new VolunteerDb(options));
}
