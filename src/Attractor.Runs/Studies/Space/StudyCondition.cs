namespace Attractor.Runs;

/// <summary>When a dimension of a space is there: while another setting has one of some values.</summary>
/// <param name="Key">The key of the other setting, which stands earlier in the space and has a list of values.</param>
/// <param name="Values">The values, as files write them.</param>
public sealed record StudyCondition(string Key, IReadOnlyList<string> Values)
{
    /// <summary>As a command line writes it: <c>forcing=gtf,stf</c>.</summary>
    public override string ToString() => $"{Key}={string.Join(',', Values)}";
}
