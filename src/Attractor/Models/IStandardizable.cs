using Attractor.Data;

namespace Attractor.Models;

/// <summary>
/// A model with latent variables that may be of standardised variables inside: what it is given is standardised, what it gives is not, and
/// its bounds are those of the data in their own units.
/// </summary>
public interface IStandardizable : ILearntModel
{
    /// <summary>The units of the data; null where the model takes them as they are.</summary>
    /// <exception cref="ArgumentException">Set to units of another number of variables, or to a scale that is not positive.</exception>
    Standardization? Standardization { get; set; }
}
