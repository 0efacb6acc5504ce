using System.Net;
using System.Text;
using BetterConnections.Contracts;
using BetterConnections.Identity.Accounts;
using BetterConnections.Testing;

namespace BetterConnections.Identity.Tests.Accounts;

public class RegistrationTests(IdentityApp identity)
{
    private async Task<AccountView> RegisteredAsync(string role)
    {
        var userName = IdentityApp.Email(role);
        var response = await identity.Anonymous().PostAsync("/api/identity/registrations", new { userName, password = IdentityApp.Password, role });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await identity.WithToken((await identity.SignInAsync(userName)).AccessToken()).GetAsync<AccountView>("/api/identity/me");
    }

    [Fact]
    public async Task An_employer_registers_itself_and_has_an_organisation_of_its_own()
    {
        var (one, other) = (await RegisteredAsync(Roles.Employer), await RegisteredAsync(Roles.Employer));

        Assert.Equal([Roles.Employer], one.Roles);
        Assert.NotNull(one.OrganisationId);
        Assert.NotEqual(one.OrganisationId, other.OrganisationId);
    }

    [Fact]
    public async Task A_volunteer_registers_without_an_organisation() => Assert.Null((await RegisteredAsync(Roles.Volunteer)).OrganisationId);

    [Fact]
    public async Task Registering_a_taken_name_is_answered_alike_and_changes_nothing()
    {
        var (taken, free) = ((await identity.AccountAsync(Roles.Employer)).UserName!, IdentityApp.Email("free"));
        async Task<string> Register(string userName)
        {
            var response = await identity.Anonymous().PostAsync("/api/identity/registrations", new { userName, password = "another horse 99", role = Roles.Volunteer });
            return $"{response.StatusCode} {await response.Content.ReadAsStringAsync()} {string.Join(',', response.Headers.Select(h => h.Key).Order())}";
        }

        Assert.Equal(await Register(free), await Register($" {taken.ToUpperInvariant()}"));

        await identity.PasswordAsync(taken, "another horse 99").RefusesAsync("invalid_grant");
        await identity.SignInAsync(taken);
    }

    [Fact]
    public async Task Two_registrations_of_one_name_at_the_same_moment_make_one_account_and_are_answered_alike()
    {
        var userName = IdentityApp.Email("both");

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            identity.Anonymous().PostAsync("/api/identity/registrations", new { userName, password = IdentityApp.Password, role = Roles.Volunteer })));

        Assert.All(both, r => Assert.Equal(HttpStatusCode.Accepted, r.StatusCode));
        Assert.Single((await identity.Administrator().GetAsync<Postgres.Page<AccountView>>($"/api/identity/accounts?search={userName}")).Items);
    }

    [Theory]
    [InlineData(Roles.ProgrammeOffice)]
    [InlineData(Roles.Operator)]
    [InlineData("king")]
    public async Task Nobody_gives_themselves_another_role(string role) =>
        await identity.Anonymous().PostAsync("/api/identity/registrations", new { userName = IdentityApp.Email("x"), password = IdentityApp.Password, role })
            .RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");

    [Theory]
    [InlineData("short", "password_too_short")]
    [InlineData("elevenchars", "password_too_short")]
    [InlineData("Password1234!", "password_too_common")]
    [InlineData("123456789012", "password_too_common")]
    [InlineData("aaaabbbbaaaa", "password_too_common")]
    [InlineData("Someone@Example.org", "password_is_user_name")]
    [InlineData("someone@example.org1", "password_is_user_name")]
    public async Task A_weak_password_is_refused(string password, string code) =>
        await identity.Anonymous().PostAsync("/api/identity/registrations", new { userName = "someone@example.org", password, role = Roles.Volunteer })
            .RefusesAsync(HttpStatusCode.BadRequest, code);

    [Theory]
    [InlineData("""{"userName":"no address","password":"correct horse battery 7","role":"volunteer"}""", "validation_failed")]
    [InlineData("""{"userName":"a@example.org","password":"correct horse battery 7"}""", "validation_failed")]
    [InlineData("""{"userName":"a@example.org","password":"correct horse battery 7","role":"volunteer","enabled":true}""", "request_not_readable")]
    [InlineData("""{"userName":"a\u0000@example.org","password":"correct horse battery 7","role":"volunteer"}""", "text_not_storable")]
    public async Task What_cannot_be_understood_is_a_coded_400(string body, string code) =>
        await identity.Anonymous().PostAsync("/api/identity/registrations", new StringContent(body, Encoding.UTF8, "application/json"))
            .RefusesAsync(HttpStatusCode.BadRequest, code);
}
