using BetterConnections.Contracts;
using BetterConnections.Identity;
using BetterConnections.Identity.Accounts;
using BetterConnections.Identity.Clients;
using BetterConnections.Identity.Keys;
using BetterConnections.Identity.Tokens;
using BetterConnections.Postgres;
using BetterConnections.Postgres.Audit;
using BetterConnections.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
var settings = IdentitySettings.Read(builder.Configuration);
builder.Configuration["Authentication:Authority"] = settings.Issuer; // it accepts its own tokens and nobody else's
builder.AddServiceDefaults("identity");
builder.AddPostgres<IdentityDb>("identitydb");
builder.Services.AddValidation();
builder.Services.AddSingleton(settings);
builder.Services.AddAccounts();
builder.Services.AddKeys();
builder.Services.AddTokens();
builder.Services.AddHostedService<Housekeeping>();

// No UseIdempotencyKeys: the answers to the creating POSTs hold secrets, which must not lie in a table for two days.
// A repeated request runs into the unique user name or client name; a lost secret is reset or rotated.
var app = builder.Build();
app.UseAuditTrail(refusals: true);
app.UseServiceDefaults();
app.MapAccounts();
app.MapClients();
app.MapTokens();
app.MapDiscovery();
app.MapAudit("identity", Access.ForRoles(Roles.Operator, Roles.ProgrammeOffice));
await app.MigrateAsync<IdentityDb>();
await app.OpenKeysAsync();
await app.CreateFirstAdministratorAsync();
await app.ServeAsync(args);
