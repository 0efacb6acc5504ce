using BetterConnections.Testing;
using BetterConnections.Volunteers;
using BetterConnections.Volunteers.Tests;

[assembly: AssemblyFixture(typeof(VolunteerApp))]

namespace BetterConnections.Volunteers.Tests;

/// <summary>The Volunteer service that the suite shares.</summary>
public class VolunteerApp() : ServiceUnderTest<Program, VolunteerDb>("volunteerdb");

/// <summary>One of its own, for a class that counts everything there is.</summary>
public sealed class FreshVolunteerApp : VolunteerApp;
