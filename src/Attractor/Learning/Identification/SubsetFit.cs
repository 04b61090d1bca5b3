namespace Attractor.Learning;

/// <summary>A fit of one target by some columns.</summary>
/// <param name="Columns">Which.</param>
/// <param name="Coefficients">What each is multiplied by, as it was given.</param>
/// <param name="Contributions">The length of each column times its coefficient.</param>
/// <param name="Losses">By how much the squared error grows if a column is left out and the others are fitted anew.</param>
/// <param name="SquaredError">What is left of the target.</param>
internal sealed record SubsetFit(int[] Columns, double[] Coefficients, double[] Contributions, double[] Losses, double SquaredError);
