using BetterConnections.Enrollment;
using BetterConnections.Enrollment.Tests;
using BetterConnections.Testing;

[assembly: AssemblyFixture(typeof(EnrollmentApp))]

namespace BetterConnections.Enrollment.Tests;

/// <summary>The Enrollment service that the suite shares.</summary>
public class EnrollmentApp() : ServiceUnderTest<Program, EnrollmentDb>("enrollmentdb");

/// <summary>One of its own, for a class that counts everything there is.</summary>
public sealed class FreshEnrollmentApp : EnrollmentApp;
