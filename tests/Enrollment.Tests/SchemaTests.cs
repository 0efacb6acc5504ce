using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests;

public class SchemaTests
{
    [Fact]
    public Task The_migrations_build_what_the_model_says() => Schema.AssertMigrationsBuildAsync<EnrollmentDb>(options => new EnrollmentDb(options));
}
