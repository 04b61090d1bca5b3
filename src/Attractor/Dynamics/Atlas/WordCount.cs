namespace Attractor.Dynamics;

/// <summary>How many different words of one length a symbolic sequence has.</summary>
/// <param name="Length">Symbols of a word.</param>
/// <param name="OfSteps">Different words of the sequence with a symbol for each step.</param>
/// <param name="OfItinerary">Different words of the itinerary, in which a region stands once however long the orbit stays.</param>
public readonly record struct WordCount(int Length, int OfSteps, int OfItinerary);
