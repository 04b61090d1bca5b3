namespace Attractor.Learning;

/// <summary>
/// What resilient backpropagation does with a parameter whose partial derivative has changed its sign: the last step jumped over a minimum.
/// In the notation of Igel and Huesken (2003).
/// </summary>
/// <remarks>iRprop+, which goes back only where the loss has risen, is not among them: a rule here sees gradients, not losses.</remarks>
public enum RpropVariant
{
    /// <summary>Rprop-: a smaller step in the new direction.</summary>
    Minus,

    /// <summary>
    /// Rprop+: back to where the last step began, and no change of the step size after the next gradient (Riedmiller and Braun 1993).
    /// </summary>
    Plus,

    /// <summary>iRprop-: stay, and no change of the step size after the next gradient.</summary>
    ImprovedMinus,
}
