namespace Attractor.Learning;

/// <summary>Where in a training a part of a batch is: together with the seed it says which noise it gets.</summary>
/// <param name="Training">Whether it is for a gradient; else for an evaluation.</param>
/// <param name="Epoch">The epoch, from 0: samples that are drawn anew are so at every epoch. 0 in an evaluation.</param>
/// <param name="Part">A number that no other part of the training (of the evaluation) has.</param>
/// <param name="Beta">The weight of the divergence.</param>
public readonly record struct BatchPlace(bool Training, int Epoch, ulong Part, double Beta);
