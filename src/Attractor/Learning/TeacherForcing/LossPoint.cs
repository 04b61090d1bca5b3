namespace Attractor.Learning;

/// <summary>One point of the training curve: the mean loss over the updates since the point before.</summary>
public readonly record struct LossPoint(long Update, double Loss, double LearningRate, double Seconds);
