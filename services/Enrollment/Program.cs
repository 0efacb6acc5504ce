using BetterConnections.Contracts;
using BetterConnections.Enrollment;
using BetterConnections.Enrollment.Employers;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Partners;
using BetterConnections.Enrollment.Readiness;
using BetterConnections.Enrollment.Sites;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("enrollment");
builder.AddPostgres<EnrollmentDb>("enrollmentdb");
builder.AddMessaging<EnrollmentDb>("enrollment", typeof(FacilityApplied).Assembly);
builder.Services.AddValidation();
builder.Services.AddSingleton(builder.Configuration.GetSection("Programme").Get<ProgrammeSettings>() ?? new());

var app = builder.Build();
app.UseServiceDefaults();
app.UseIdempotencyKeys();
app.MapPartners();
app.MapEmployers();
app.MapSites();
app.MapFacilities();
app.MapReadiness();
app.MapMessaging("enrollment", Access.ForRoles(Roles.Operator));
await app.MigrateAsync<EnrollmentDb>();
await app.RunAsync();
