namespace Attractor.Architecture.Tests.Documents;

/// <summary>A block of C# on a page.</summary>
/// <param name="Line">Of the page, from 1: the block's first.</param>
/// <param name="Text">The block.</param>
/// <param name="Runs">Whether it is run as well as compiled.</param>
/// <param name="Numbers">What is written, and what stands for it when it is run.</param>
internal sealed record Snippet(int Line, string Text, bool Runs, Dictionary<string, string> Numbers);
