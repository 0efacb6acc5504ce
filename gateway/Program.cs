using BetterConnections.Contracts;
using BetterConnections.Gateway;
using BetterConnections.Gateway.Ops;
using BetterConnections.Gateway.Sessions;
using BetterConnections.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
var settings = builder.Configuration.GetSection("Gateway").Get<GatewaySettings>() ?? new();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
});
builder.AddLogging();
builder.AddTelemetry();
builder.AddSignIn();
builder.AddForwarding(settings);
builder.Services.AddProblems();
builder.Services.AddSessions(settings);
builder.Services.AddOps();
builder.Services.AddClientLimits(settings.Limits);
builder.Services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(365));
Draining.Add(builder.Services);
builder.Services.AddHealthChecks().AddCheck<ServicesCheck>("services");

var app = builder.Build();
app.UseTrustedProxies(settings.TrustedProxies);
app.UseCorrelationId();
app.UseSecurityHeaders();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseHsts();
app.UsePortal();
app.UseRouting();
app.UseSpanNames();
app.UseSessions();
app.UseAuthentication();
app.UseRateLimiter(); // knows the caller, and counts those without a valid token too
app.UseAuthorization();

app.MapHealth(seesAll: http => http.User.IsInRole(Roles.Operator)); // version, age and replicas are nothing for strangers
app.MapDocs();
app.MapSessions();
app.MapOps();
app.MapForwarding();
app.MapPortal();
await app.RunAsync();
