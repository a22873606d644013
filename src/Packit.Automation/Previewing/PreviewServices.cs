using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Packit.Automation.Comments;
using Packit.Automation.Engine;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Settings;

namespace Packit.Automation.Previewing;

/// <summary>Registers what makes previews.</summary>
public static class PreviewServices
{
    /// <summary>For the command line: no database, no App, and none of the settings that only publishing needs.</summary>
    /// <param name="services">Where to register; logging is there.</param>
    /// <param name="configuration">The service's settings, or none: then everything has its default, which is Fedora's.</param>
    public static IServiceCollection AddStandalonePreviews(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        Bind<ServiceOptions>(services, configuration, ServiceOptions.Section);
        Bind<DistGitOptions>(services, configuration, DistGitOptions.Section, nameof(DistGitOptions.TokenFile));
        Bind<LookasideSettings>(services, configuration, LookasideSettings.Section);
        Bind<BodhiOptions>(services, configuration, BodhiOptions.Section);
        Bind<KojiSettings>(
            services, configuration, KojiSettings.Section, nameof(KojiSettings.ClientCertificateFile), nameof(KojiSettings.User), nameof(KojiSettings.PasswordFile));
        Bind<BugzillaOptions>(services, configuration, BugzillaOptions.Section);
        Bind<ArchiveOptions>(services, configuration, ArchiveOptions.Section);
        Bind<RpmSpecSettings>(services, configuration, RpmSpecSettings.Section);
        services.AddSingleton<BranchFiles>().AddSingleton<SpecQuestions>().AddSingleton<IResolvedBugs, BugzillaBugs>().AddSingleton(RemoteClients.RpmSpec);
        services.AddSingleton<IPreviewStanding, NoStanding>().AddSingleton<IAliasSource, BodhiAliases>().AddSingleton(PreviewReaders.Fedora);
        services.AddSingleton(provider => PreviewReaders.Previewer(provider, ofThisMachineToo: true));
        return services;
    }

    /// <summary>For the worker: previews that people ask for by comments.</summary>
    internal static IServiceCollection AddPreviewsByComment(this IServiceCollection services)
    {
        services.AddSingleton<IPreviewStanding, ServiceStanding>().AddSingleton<IAliasSource, ServiceAliases>().AddSingleton(PreviewReaders.Fedora);
        services.AddSingleton(provider => PreviewReaders.Previewer(provider, ofThisMachineToo: false));
        services.AddSingleton<PreviewRows>().AddSingleton<IJobHandler, PreviewHandler>().AddSingleton<PreviewCommand>();
        services.AddSingleton<IIssueCommand>(provider => provider.GetRequiredService<PreviewCommand>());
        services.AddSingleton<ICommandProgress>(provider => provider.GetRequiredService<PreviewCommand>());
        return services;
    }

    // What is wrong with a setting is told as the running service would tell it, but for the settings that are of no use here.
    private static void Bind<T>(IServiceCollection services, IConfiguration configuration, string section, params string[] unneeded)
        where T : class
    {
        services.AddOptions<T>().Bind(configuration.GetSection(section));
        services.AddSingleton<IValidateOptions<T>>(new NeededOptions<T>(unneeded));
    }

    private sealed class NeededOptions<T>(IReadOnlyList<string> unneeded) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            List<ValidationResult> problems = [];
            Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
            var texts = problems.Where(problem => !problem.MemberNames.Any() || problem.MemberNames.Any(member => !unneeded.Contains(member)))
                .Select(problem => problem.ErrorMessage ?? "A setting is wrong.").ToList();
            return texts.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(texts);
        }
    }
}
