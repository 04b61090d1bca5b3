namespace Attractor.Systems;

/// <summary>How a system goes on in time.</summary>
public enum SystemKind
{
    /// <summary>By an ordinary differential equation.</summary>
    Flow,

    /// <summary>From step to step.</summary>
    Map,
}
