
# fish 3.6.1 and newer hand git postmortem over by themselves; 3.6.0 needs to be told.
function __git_postmortem_args
    set -l words (commandline -opc)
    set -e words[1]
    set -l rest
    if argparse -s (__fish_git_global_optspecs) -- $words
        set -e argv[1]
        set rest (string escape -- $argv)
    end
    complete -C "git-postmortem $rest "(commandline -ct)
end
complete -c git -n __fish_git_needs_command -a postmortem -d 'Blameless post-mortems'
complete -c git -f -n '__fish_git_using_command postmortem' -a '(__git_postmortem_args)'
