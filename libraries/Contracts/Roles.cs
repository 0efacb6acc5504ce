namespace BetterConnections.Contracts;

/// <summary>The values of a token's <c>role</c> claim. An external issuer has to use the same words.</summary>
public static class Roles
{
    public const string ProgrammeOffice = "programme-office";
    public const string Regulator = "regulator";
    public const string Donor = "donor";
    public const string Club = "club";
    public const string Logistics = "logistics";
    public const string Employer = "employer";
    public const string Volunteer = "volunteer";
    public const string TrainingPartner = "training-partner";
    public const string Evaluator = "evaluator";
    public const string Recycler = "recycler";
    public const string Operator = "operator";

    public static readonly IReadOnlyList<string> All =
        [ProgrammeOffice, Regulator, Donor, Club, Logistics, Employer, Volunteer, TrainingPartner, Evaluator, Recycler, Operator];
}
