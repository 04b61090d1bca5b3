namespace Attractor.Learning;

/// <summary>
/// The evidence lower bound fell at an update that can only raise it: numbers have lost their digits, or there is a fault in the update.
/// </summary>
public sealed class BoundDecreaseException : ArithmeticException
{
    /// <summary>A fall of the bound.</summary>
    /// <param name="message">Where, by how much and in which term.</param>
    public BoundDecreaseException(string message)
        : base(message)
    {
    }
}
